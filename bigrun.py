import sys
from pathlib import Path

from generator.bench.memory import peak_memory
from generator.bench.stopwatch import Stopwatch, read_clocks
from generator.publish import How, Limits, build_site
from generator.steps import observed_by


def main():
    content, out, jobs = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    w = Stopwatch()
    s = read_clocks()
    with observed_by(w):
        r = build_site(
            content,
            out / "datapackage",
            out / "build" / "docs",
            out / "site",
            config=Path("mkdocs.yml"),
            limits=Limits(0, 0),
            how=How(jobs),
        )
    t = read_clocks() - s
    other = t
    for k, v in sorted(w.taken.items(), key=lambda x: -x[1].processor):
        print(f"{k:14} wall {v.wall:8.2f} cpu {v.processor:8.2f}")
        other -= v
    print(f"other wall {other.wall:.2f} cpu {other.processor:.2f}")
    print(
        f"TOTAL wall {t.wall:.2f} cpu {t.processor:.2f} peak {peak_memory() / 1e6:.0f} MB made {r.made}/{r.years} files {r.size.files} {r.size.bytes / 1e6:.1f} MB pages {r.pages}"
    )


if __name__ == "__main__":
    main()
