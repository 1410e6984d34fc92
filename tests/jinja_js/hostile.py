"""Texts that somebody may write and that must stay text, for every test that renders."""

HOSTILE = [
    "<script>alert(1)</script>", "</script><script>alert(1)//", "<!--<script>", "-->", "]]>",
    "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<<b>>", "'\"><b>", "*/alert(1)/*",
    "\" onmouseover=\"alert(1)", "' onmouseover='alert(1)", "` onmouseover=alert(1) `", "javascript:alert(1)",
    "${alert(1)}", "`${alert(1)}`", "{{ 7*7 }}", "{% raw %}", "%(x)s %s %%", "$&$1$`$'", "%3Cb%3E",
    "\\", "\\\"", "\\u003cscript\\u003e", "\u2028alert(1)//", "\u2029", "\0", "\x7f", "\ufeff<b>",
    "&lt;b&gt;", "&amp;lt;", "&#60;b&#62;", "+ADw-script+AD4-",
    "__proto__", "constructor", "hasOwnProperty", "toString", "valueOf",
    "", "a\r\nb\rc\nd", " \t\x0b\x1c\x85\xa0 ", "é́ 🎉 👩‍👩‍👧 \u202e",
]
