"""Ask every question of a set, and tell how many have a wanted answer first, and among the first five."""

import sys
from pathlib import Path

import ppun_bfc

HERE = Path(__file__).parent / "queries"


def questions(name):
    """Each question of a set, with the ids of which any is a right first answer."""
    for line in (HERE / f"{name}.tsv").read_text("utf-8").splitlines():
        query, wanted = line.split("\t")
        yield query, frozenset(wanted.split("|"))


def ranks(policy, name):
    """Of each question, where the first wanted answer stands (from 1); 0 where it is not among five."""
    for query, wanted in questions(name):
        found = [hit.entity.id for hit in policy.search(query, limit=5)]
        yield query, next((at for at, id in enumerate(found, 1) if id in wanted), 0), found


if __name__ == "__main__":
    for chosen in sys.argv[1:] or ["first", "second"]:
        asked = list(ranks(ppun_bfc.load(), chosen))
        for query, rank, found in asked:
            if rank != 1:
                print(rank, query, *found, sep="\t")
        first = sum(rank == 1 for _, rank, _ in asked) / len(asked)
        five = sum(rank > 0 for _, rank, _ in asked) / len(asked)
        print(f"{chosen}: {len(asked)} questions, first {first:.1%}, among five {five:.1%}")
