"""The window: Qt Widgets over one workspace; no SQL, no rule, no crypto, no file format lives here."""
