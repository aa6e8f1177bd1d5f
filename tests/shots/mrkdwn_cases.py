"""What each piece of mrkdwn must become: tags that the page may write, around text that it may not."""

from playwright.async_api import Page

AT = 1773043320  # 2026-03-09 08:02 UTC

# text as Slack stores it -> the words shown, and the tags around them
CASES: list[tuple[str, str, set[str]]] = [
    ("*bold* and _soft_ and ~gone~", "bold and soft and gone", {"strong", "em", "s"}),
    ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name", set()),
    ("*_both_*", "both", {"strong", "em"}),
    ("`a *b* &lt;c&gt;`", "a *b* <c>", {"code"}),
    ("```x &amp; y\n*z*```", "x & y\n*z*", {"pre"}),
    ("&gt; quoted\nafter", "quoted\nafter", {"blockquote"}),
    ("<@U0ANA> <@UNOBODY|zoe>", "@Ana Reis @zoe", {"span"}),
    ("<#C0ACME> <#CSECRET> <#CSECRET|>", "#ext-acme #private-channel #private-channel", {"a", "span"}),
    ("<!here> <!channel>", "@here @channel", {"span"}),
    ("<https://example.com/a?b=1&amp;c=2|the page>", "the page", {"a"}),
    ("<javascript:window.hacked=1|press me>", "press me", {"span"}),
    ("<data:text/html,x|press me>", "press me", {"span"}),
    ("&lt;script&gt;window.hacked=1&lt;/script&gt;", "<script>window.hacked=1</script>", set()),
    ("<img src=x onerror=window.hacked=1>", "img src=x onerror=window.hacked=1", {"span"}),
    (":eyes: :no_such_emoji:", "👀 :no_such_emoji:", {"span"}),
    (f"<!date^{AT}^{{date_num}} {{time}}|fallback>", "2026-03-09 08:02", {"time"}),
    ("<!date^soon^{time}|fallback>", "fallback", {"time"}),
    ("• one\n• two", "• one\n• two", {"span"}),
]

# The same moment for people here and there: their zone, their manner of writing it
DATES: list[tuple[str, str, str, str]] = [
    ("{date_short} {time}", "Europe/Lisbon", "en-GB", "9 Mar 2026 08:02"),
    ("{date_short} {time}", "America/New_York", "en-US", "Mar 9, 2026 4:02 AM"),
    ("{date} {time}", "Asia/Tokyo", "de-DE", "9. März 2026 17:02"),
    ("{date_num} {time}", "Pacific/Auckland", "en-US", "2026-03-09 9:02 PM"),
    ("{date_short_pretty} at {time}", "Europe/Lisbon", "en-GB", "today at 08:02"),
]

_DRAW = """async ([text, more]) => {
  const { h, render } = await import("/page/html.js");
  const { Mrkdwn } = await import("/page/mrkdwn.js");
  const { getWorld } = await import("/page/state.js");
  const box = document.createElement("div");
  document.body.append(box);
  render(h(Mrkdwn, { text, world: { ...getWorld(), ...more } }), box);
  const tags = [...box.querySelectorAll(".md *")].filter((one) => !one.matches(".md-text, br"));
  const drawn = { text: box.innerText, tags: tags.map((one) => one.tagName.toLowerCase()) };
  box.remove();
  return drawn;
}"""


async def check(page: Page) -> None:
    for text, words, tags in CASES:
        drawn = await page.evaluate(_DRAW, [text, {}])
        assert " ".join(drawn["text"].split()) == " ".join(words.split()), (text, drawn)
        assert set(drawn["tags"]) == tags, (text, drawn)
    for pattern, zone, locale, words in DATES:
        viewer = {"zone": zone, "locale": locale, "now": AT + 60}
        drawn = await page.evaluate(_DRAW, [f"<!date^{AT}^{pattern}|fallback>", viewer])
        assert " ".join(drawn["text"].split()) == words, (pattern, zone, locale, drawn)
    assert await page.evaluate("window.hacked") is None
