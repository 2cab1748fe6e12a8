"""Excel in and out: reading ledgers of other people's making, planning what to take over, writing our own."""
