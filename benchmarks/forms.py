"""What each form of the whole edition costs: seconds, size, and the bar of two seconds."""

import sys
import time
from statistics import median

import ppun_bfc
from ppun_bfc import export
from ppun_bfc.errors import MissingExtra

RUNS = 3
#: No form takes longer, in seconds.
BAR = 2.0


def main() -> int:
    """Print a row a form; 1 where one is over the bar."""
    policy, over = ppun_bfc.load(), 0
    print(f"{'form':18} {'seconds':>8} {'kB':>8}")
    for name in export.forms("policy", "files"):
        seconds, size = [], 0
        try:
            for _ in range(RUNS):
                start = time.perf_counter()
                made = export.make(policy, name)
                seconds.append(time.perf_counter() - start)
            size = len(made) if isinstance(made, bytes) else sum(map(len, made.values()))
        except MissingExtra as error:
            print(f"{name:18} {error}")
            continue
        is_over = median(seconds) > BAR
        over += is_over
        print(f"{name:18} {median(seconds):8.2f} {size / 1_000:8.0f}{'  over' if is_over else ''}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
