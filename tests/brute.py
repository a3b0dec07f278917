"""Cross-reference as DESIGN section 2 defines it, word for word and without regard to speed."""

import contextlib
import itertools

from ppun_bfc.models import MODALITIES, Link


class Brute:
    def __init__(self, policy):
        self.entities = {entity.id: entity for entity in policy}
        self.links = policy.links

    def ancestors(self, x):
        found = []
        while (x := self.entities[x].part_of) is not None:
            found.append(x)
        return found

    def below(self, x):
        return {y for y in self.entities if x == y or x in self.ancestors(y)}

    def s(self, x):
        below = self.below(x)
        aids = {
            link.source
            for link in self.links
            if link.relation == "delivers" and link.source[:4] == "aid:" and link.target in below
        }
        return below | aids

    def grounds(self, x):
        """The best way to each member of S(x): (member, the links of it)."""
        below = self.below(x)
        found: dict[str, tuple[Link, ...]] = dict.fromkeys(below, ())
        for link in sorted(self.links, key=lambda link: self.order((link.basis, link.modality))):
            if link.relation == "delivers" and link.source[:4] == "aid:" and link.target in below:
                found.setdefault(link.source, (link,))
        return list(found.items())

    def direct(self, a, b):
        return {
            link
            for link in self.links
            if (link.source in self.s(a) and link.target in self.s(b))
            or (link.source in self.s(b) and link.target in self.s(a))
        }

    def said(self, link, *sides):
        """(strength, modality) of the best way over a link, as strong as its weakest step."""
        ways = []
        for ones, others in (sides, sides[::-1]):
            for one, before in ones:
                for other, after in others:
                    if (link.source, link.target) == (one, other):
                        steps = (*before, link, *after)
                        derived = any(step.basis == "derived" for step in steps)
                        said = [MODALITIES.index(step.modality) for step in steps if step.modality]
                        ways.append((derived, max(said, default=-1)))
        derived, weakest = min(ways)
        return "derived" if derived else "stated", MODALITIES[weakest] if weakest >= 0 else None

    def inherited(self, a, b):
        found = set()
        for one, other in ((a, b), (b, a)):
            for ancestor in self.ancestors(one):
                if self.entities[ancestor].part_of is None:
                    continue  # the root of a tree bequeaths nothing
                for link in self.links:
                    ends = (link.source, link.target)
                    if ancestor in ends:
                        rest = ends[1] if ends[0] == ancestor else ends[0]
                        if rest in self.s(other):
                            found.add(link)
        return found - self.direct(a, b)

    def cell(self, a, b):
        """(strength, modality, evidence as a set of (key, strength))."""
        for low, high in ((a, b), (b, a)):
            if high in self.ancestors(low):
                chain = [low, *self.ancestors(low)]
                steps = list(itertools.pairwise(chain))[: chain.index(high)]
                return "part_of", None, {((x, "part_of", y), "part_of") for x, y in steps}
        into_a, into_b = self.grounds(a), self.grounds(b)
        above_a, above_b = ([(x, ()) for x in self.ancestors(one)[:-1]] for one in (a, b))
        found = {link.key: self.said(link, into_a, into_b) for link in self.direct(a, b)}
        for link in self.inherited(a, b):
            ways = []
            for one, other in ((above_a, into_b), (into_a, above_b)):
                with contextlib.suppress(ValueError):  # not over this side
                    ways.append(self.said(link, one, other))
            _, modality = min(ways, key=self.order)
            found[link.key] = "inherited", modality
        evidence = {(key, strength) for key, (strength, _) in found.items()}
        for strength in ("stated", "derived", "inherited"):
            said = [modality for of, modality in found.values() if of == strength]
            if said:
                return (
                    strength,
                    min(filter(None, said), key=MODALITIES.index, default=None),
                    evidence,
                )
        return None, None, evidence

    @staticmethod
    def order(way):
        strength, modality = way
        return strength == "derived", MODALITIES.index(modality) if modality else -1

    def context(self, rows, columns):
        found = set()
        for ones, others in ((rows, columns), (columns, rows)):
            roots = {self.ancestors(x)[-1] for x in ones if self.ancestors(x)}
            members = set().union(*(self.s(x) for x in others))
            for link in self.links:
                for this, that in ((link.source, link.target), (link.target, link.source)):
                    if this in roots and that in members:
                        found.add(link.key)
        return found

    def chains(self, a, b):
        """Sets of two link keys over one thing that is not a crossroads."""
        found = set()
        inside = self.s(a) | self.s(b)
        for first in self.links:
            for second in self.links:
                for x, m in ((first.source, first.target), (first.target, first.source)):
                    for n, y in ((second.source, second.target), (second.target, second.source)):
                        kind = m.partition(":")[0]
                        if kind in ("actor", "audience", "funding", "policy"):
                            continue
                        if (
                            first is not second
                            and m == n
                            and m not in inside
                            and x in self.s(a)
                            and y in self.s(b)
                        ):
                            found.add((first.key, m, second.key))
        return found
