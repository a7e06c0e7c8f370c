/* SPDX-License-Identifier: Apache-2.0 */
/* The words come from the rule (`listen`); what the second sound of a clip shows follows from the
 * origin of the finding, and stays hidden in blind listening until an answer is given. */
#include "report/listen.h"

#include "judge/rule.h"

/* How the second sound of the clip compares with the first; the letters of both may change. */
static const char *against(const struct hs_finding *f, const struct hs_clip *clip)
{
    if (clip->side == HS_CLIP_CORRECTED)
        return "Corrected, there should be less of it.";
    if (clip->side != HS_CLIP_MIX || !f)
        return NULL;
    switch (f->origin) {
    case HS_ORIGIN_MIX:
        return "Here the mix has it as well.";
    case HS_ORIGIN_EASED:
        return "Here the mix has more of it.";
    case HS_ORIGIN_WORSENED:
    case HS_ORIGIN_EXPOSED:
        return "Here the mix has less of it.";
    case HS_ORIGIN_MASTERING:
        return "Here the mix should have hardly any of it.";
    case HS_ORIGIN_CURED:
    case HS_ORIGIN_CANNOT_SAY:
    case HS_N_ORIGINS:
        break;
    }
    return NULL;
}

/* What to listen for, and against which side of the clip. */
void hs_html_listen(struct hs_html *h, const char *id, const struct hs_finding *finding,
                    const struct hs_clip *clip)
{
    const struct hs_rule *rule = hs_rule_find(id);
    if (!rule || !rule->listen)
        return;
    hs_html_literal(h, "<p class=\"small\">");
    if (rule->hearable != HS_NEVER_HEARD)
        hs_html_literal(h, "Listen for ");
    hs_html_text(h, rule->listen);
    if (clip && against(finding, clip)) {
        hs_html_literal(h, " <span class=\"reveal\">");
        hs_html_text(h, against(finding, clip));
        hs_html_literal(h, "</span>");
    } else if (!clip && finding && rule->dimension->beside_others) {
        hs_html_literal(
            h, " No clip has both: play it behind the song before it, as loud as they are.");
    }
    hs_html_literal(h, "</p>");
}
