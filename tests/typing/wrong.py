"""Never run: each line that ends in a comment is a mistake that a checker must see."""

import ppun_bfc

policy = ppun_bfc.load()
policy.schemes["scoran-bfc"].lable  # wrong
policy.schems  # wrong
ppun_bfc.laod()  # wrong
policy.related("scheme:sraddet", direction="up")  # wrong
policy.schemes["scoran-bfc"].acronym.lower()  # wrong
policy.priorities["inclusion-citoyenne"].label = None  # wrong
policy.matrix("priority", "shceme")  # wrong
policy.entities("actions")  # wrong
policy.related("scheme:sraddet", relation="led-by")  # wrong
policy.in_force(2021)  # wrong
policy.related("scheme:sraddet", relation=["led_by", "lead_by"])  # wrong
policy.search("x", kinds="schem")  # wrong
policy.search("x", lang="de")  # wrong
