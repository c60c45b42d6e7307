"""Texts of every kind for properties: names, signs, line ends, emoji, marks, scripts without spaces."""

from hypothesis import strategies as st

PIECES = st.sampled_from(
    [
        *("President", "Xi", "Jinping", "of", "the", "Bank", "J", "met", "said", "COVID-19", "O’Brien", "China’s", "5"),
        *(".", ",", "...", "?!", "“", "”", "(", ")", "-", "–", ";", "'s", "$", "。", "，"),
        *(" ", " ", " ", "\u00a0", "\t", "\n", "\n\n", "\r\n", "\u2028", "\u200b"),
        *("e\u0301", "u\u0308", "👍🏽", "👩\u200d👩\u200d👧", "🇩🇪", "🇨🇳", "1\ufe0f\u20e3", "\u0600٣", "𐌰"),
        *("习近平", "北京", "สวัสดี", "กำ", "שלום", "مرحبا", "नमस्ते", "क्ष", "한국", "\u1112\u1161\u11ab", "\ufeff"),
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=25).map("".join)
