"""Where photos are kept as a rule (row 3 of Appendix 2: «облачное хранение Яндекс, Mail»)."""

from urllib.parse import urlsplit

KNOWN_HOSTS = frozenset(
    {
        "cloud.mail.ru",
        "disk.360.yandex.ru",
        "disk.yandex.com",
        "disk.yandex.ru",
        "drive.google.com",
        "my.mail.ru",
        "ok.ru",
        "photos.app.goo.gl",
        "photos.google.com",
        "vk.cc",
        "vk.com",
        "vk.ru",
        "yadi.sk",
    }
)
"""A link to another host is taken too, with a warning: whoever opens it may need a password."""


def is_known_host(link: str) -> bool:
    """Whether a link leads to a cloud where reports keep photos; «m.vk.com» is vk.com."""
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:  # «http://[»
        return False
    parts = host.rstrip(".").split(".")
    return any(".".join(parts[first:]) in KNOWN_HOSTS for first in range(len(parts)))
