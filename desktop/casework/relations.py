"""Relations to the head as coarse as ledgers write them (excel.md §4.9)."""

MAIN_KIND: dict[str, str] = {
    **dict.fromkeys(("01", "02"), "02"),
    **dict.fromkeys(("10", "11", "12"), "10"),
    **dict.fromkeys((*map(str, range(20, 28)), "29"), "20"),
    **dict.fromkeys((*map(str, range(30, 38)), "39"), "30"),
    **dict.fromkeys(("70", "71", "73", "75", "77", "79"), "70"),
}
"""The main kind by GB/T 4761 code; codes that are not here stand for themselves."""
