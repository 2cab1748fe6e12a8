"""Instants, sizes and places in the words that pages share."""

from datetime import UTC, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""Instants are shown at +08:00 (D10)."""


def since(instant: str) -> str:
    """How long ago an instant was."""
    hours = (datetime.now(UTC) - datetime.fromisoformat(instant)).total_seconds() / 3600
    if hours < 1:
        return "刚才"
    return f"{int(hours)} 小时前" if hours < 24 else f"{int(hours // 24)} 天前"


def local(instant: str) -> str:
    """An instant as people here read it, without its year."""
    return datetime.fromisoformat(instant).astimezone(CHINA).strftime("%m-%d %H:%M")


def day_and_time(instant: str) -> str:
    """The same for the status line: today by name, else month and day."""
    moment = datetime.fromisoformat(instant).astimezone(CHINA)
    if moment.date() == datetime.now(CHINA).date():
        return f"今天 {moment:%H:%M}"
    return f"{moment.month}月{moment.day}日 {moment:%H:%M}"


def size_in_words(size: int) -> str:
    """Bytes as people read them."""
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.1f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def place(village: str | None, group: str | None) -> str:
    """Village and group in one word: 下寨村2组."""
    tail = f"{group}组" if group and group.isdigit() else group or ""
    return f"{village or ''}{tail}"
