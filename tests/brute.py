"""Cross-reference as DESIGN section 2 defines it, word for word and without regard to speed."""

import itertools

from ppun_bfc.models import MODALITIES


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

    def direct(self, a, b):
        return {
            link
            for link in self.links
            if (link.source in self.s(a) and link.target in self.s(b))
            or (link.source in self.s(b) and link.target in self.s(a))
        }

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
        direct, inherited = self.direct(a, b), self.inherited(a, b)
        evidence = {(link.key, link.basis) for link in direct}
        evidence |= {(link.key, "inherited") for link in inherited}
        stated = {link for link in direct if link.basis == "stated"}
        if stated:
            return "stated", self.strongest(stated), evidence
        if direct:
            return "derived", None, evidence
        if inherited:
            return "inherited", self.strongest(inherited), evidence
        return None, None, evidence

    @staticmethod
    def strongest(links):
        found = [link.modality for link in links if link.modality]
        return min(found, key=MODALITIES.index, default=None)

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
