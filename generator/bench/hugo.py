"""A project for Hugo: a content adapter makes a page of every twin, in the frame that our own pages have."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CONFIG = """baseURL = "https://example.org/"
title = "兑现 Duixian"
uglyURLs = true
disableKinds = ["taxonomy", "term", "section", "home", "RSS", "sitemap", "404"]
disableHugoGeneratorInject = true
"""

_ADAPTER = """{{ range resources.Match "twins/**.json" -}}
{{ $twin := . | transform.Unmarshal -}}
{{ $path := .Name | strings.TrimPrefix "/" | strings.TrimPrefix "twins/" | strings.TrimSuffix ".json" -}}
{{ $.AddPage (dict "path" $path "title" $twin.title "params" (dict "twin" $twin "file" $path)) -}}
{{ end -}}
"""

_BODY = """{{ $t := .Params.twin }}{{ $a := $t.assessed }}{{ $c := $a.commitment -}}
<nav class="dx-crumbs"><a href="../../">首页</a><a href="../">{{ $t.place.zh }}</a><a href="./">{{ $t.year }} 年</a>
<a href="./?programme={{ $t.programme }}#commitments">{{ $t.programme }}</a></nav>
<h1 id="title">{{ .Title }}</h1>
<p class="dx-kicker"><span class="dx-badge dx-{{ $a.status }}">{{ $a.status }}</span>
<span>{{ $t.place.zh }} {{ $t.year }} 年 · 第 {{ $c.number }} 项</span>
{{ range $a.themes }}<span>主题 <a href="../../themes/{{ .theme }}/" title="{{ delimit .words " " }}">
{{- .theme }}</a></span>
{{ end }}</p>
<blockquote class="dx-quote" lang="zh-Hans"><p>{{ $c.text }}</blockquote>
<section class="dx-answers"><div><h2>政府自报</h2><b>{{ $a.reported_state }}</b><p>{{ $a.reported_words }}</div>
<div><h2>按数字核算</h2><b>{{ $a.schedule_state }} {{ $a.attained }}</b><p>{{ $a.schedule_reason }}</div>
<div><h2>期限</h2><b>{{ $a.due_state }}</b><p>{{ $c.due }} {{ $c.due_text }}</div>
<div><h2>证据</h2><b>{{ $a.evidence_grade }}</b></div></section>
<h2 id="units">责任</h2><dl class="dx-facts">
{{ range $i, $one := $c.responsibilities }}<dt>{{ .role }}<dd>
<a href="{{ index $t.links.departments $i | strings.TrimSuffix "index.json" }}">{{ .unit }}</a>
{{ end }}</dl>
<h2 id="targets">目标</h2><ul class="dx-targets">
{{ range $a.targets }}<li id="{{ .target.id }}"><div>
<b><a href="../../measures/{{ .measure_id }}/">{{ .target.measure }}</a></b>
<b>{{ .target.comparator }} {{ .target.value }} {{ .target.unit }}</b></div>
<p><b class="dx-{{ .schedule_state }}">{{ .schedule_state }}</b> {{ .attained }}
{{ with .target.allocations }}<table class="dx-table">{{ range . }}<tr><th>{{ .area }}<td>{{ .value }} {{ .unit }}
<td>{{ .printed }}<td>{{ .start }}–{{ .end }}{{ end }}</table>{{ end }}{{ end }}</ul>
{{ with $c.milestones }}<h2 id="milestones">时间节点</h2><ol class="dx-steps">
{{ range . }}<li><span>{{ .due }}</span>
<span>{{ .text }} <strong>{{ .comparator }} {{ .value }}{{ .unit }}</strong></span>
{{ end }}</ol>{{ end }}
<h2 id="reports">进展</h2>{{ range $c.reports }}<section class="dx-report" id="{{ .id }}"><h3>{{ .source }}</h3>
<blockquote class="dx-quote dx-quote--small" lang="zh-Hans"><p>{{ .text }}</blockquote>
{{ with .results }}<table class="dx-table dx-results"><tr><th>指标<th>数值<th>原文<th>文件第几字<th>对应目标
{{ range . }}<tr><th>{{ .measure }}<td>{{ .value }} {{ .unit }}<td>{{ .printed }}
<td>{{ .start }}–{{ .end }}<td>{{ .target }}
{{ end }}</table>{{ end }}</section>{{ end }}
{{ with $a.rates }}<table class="dx-table dx-rates"><tr><th>对象<th>公布<th>重算<th>相差<th>基数<th>结论
{{ range . }}<tr><th>{{ .rate.basis }}<td>{{ .rate.printed }}<td>{{ .recomputed }}<td>{{ .difference }}<td>{{ .base }}
{{ .base_unit }}<td>{{ .verdict }}
{{ end }}</table>{{ end }}
{{ with $a.findings }}<h2 id="findings">核查发现</h2><ul class="dx-findings">
{{ range . }}<li id="{{ .id }}"><p><span class="dx-badge">{{ .severity }}</span> <strong>{{ .check }}</strong>
{{ .message_zh }}
<p class="dx-operands"><span>看到 <code>{{ .found }}</code></span> <span>对照 <code>{{ .expected }}</code></span>
<span>文件第 {{ .start }}–{{ .end }} 字</span>{{ end }}</ul>{{ end }}
<h2 id="evidence">依据</h2><p>承诺原文：文件第 {{ $c.start }}–{{ $c.end }} 字
{{ range $t.sources }}<div class="dx-evidence"><p>出自《{{ .title }}》，{{ .issuer }}，{{ .published_on }}
<p>文件指纹 sha256 <code>{{ .sha256 }}</code></div>
{{ end }}<section class="dx-cite"><h2 id="cite">引用与下载</h2><h3>GB/T 7714—2015</h3>
<pre><code>{{ $t.place.zh }} {{ $t.year }}：{{ .Title }} ({{ $t.id }})[DB/OL]. {{ .Permalink }}</code></pre>
<p><a href="{{ path.Base .Params.file }}.json">本条数据（JSON）</a> ·
<a href="./#downloads">本年全部数据</a></section>
<p class="dx-error-report"><a rel="external" href="https://github.com/example/duixian/issues/new?template=correction.yml
{{- printf "&title=%s&page=%s&words=%s&place=%v-%v" $t.id .Permalink $c.text $c.start $c.end | safeURL }}">报告错误</a>
附编号和原文位置。
"""

_SAID_OF_ONE = (
    (re.compile(r"<title>[^<]*</title>"), "<title>{{ .Title }}</title>"),
    (re.compile(r'<link rel="?canonical"? href=[^>]*>'), '<link rel="canonical" href="{{ .Permalink }}">'),
    (
        re.compile(r"<meta name=\"?description\"? [^>]*>"),
        '<meta name="description" content="{{ .Params.twin.assessed.commitment.text }}">',
    ),
    (
        re.compile(r'<script type="application/ld\+json">.*?</script>', re.DOTALL),
        '<script type="application/ld+json">{{ dict "@type" "CreativeWork" "@id" .Permalink "name" .Title'
        ' "identifier" .Params.twin.id | jsonify | safeJS }}</script>',
    ),
)


def project_files(page: str) -> dict[str, str]:
    """Path → text of all that Hugo needs beside the twins, which lie in ``assets/twins``; ``page`` is one of ours."""
    before, _, rest = page.partition("<article")
    opening, _, rest = rest.partition(">")
    after = rest.partition("</article>")[2]
    head = "".join(_head_pieces(before))
    layout = f"{head}<article{opening}>{_BODY}</article>{_quoted(after)}"
    return {"hugo.toml": _CONFIG, "content/_content.gotmpl": _ADAPTER, "layouts/_default/single.html": layout}


def _head_pieces(head: str) -> Iterator[str]:
    """The frame above a page's own words, with what it says of the page made anew for each."""
    found = sorted((match.start(), match.end(), new) for old, new in _SAID_OF_ONE for match in old.finditer(head))
    at = 0
    for start, end, new in found:
        yield _quoted(head[at:start])
        yield new
        at = end
    yield _quoted(head[at:])


def _quoted(text: str) -> str:
    """Text as a template that says it."""
    return text.replace("{{", '{{ "{{" }}')
