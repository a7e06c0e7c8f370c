/* SPDX-License-Identifier: Apache-2.0 */
#include "report/player.h"

#include "report/pages.h"

#include <stdio.h>

void hs_html_player(struct hs_pages *p, struct hs_html *h, const struct hs_clip *clip)
{
    const char *dir = p->options->clips_dir;
    char folder[256];
    snprintf(folder, sizeof folder, "%s/", dir);
    hs_html_literal(h, "<div class=\"ab\"");
    hs_html_url(h, "data-script", folder, clip->name, ".js");
    hs_html_attr(h, "data-name", clip->name);
    hs_html_attr(h, "data-a", clip->a_label);
    hs_html_attr(h, "data-b", clip->b_label);
    hs_html_literal(h, "><p class=\"ab-head\">Listen from ");
    hs_html_time(h, clip->master.from_s, false);
    hs_html_literal(h, " to ");
    hs_html_time(h, clip->master.to_s, false);
    hs_html_literal(h, ", both at equal loudness</p><div class=\"ab-plain\">");
    for (int side = 0; side < 2; side++) {
        char suffix[32];
        snprintf(suffix, sizeof suffix, "-%c.%s", side ? 'b' : 'a', p->options->clips->extension);
        const char *label = side ? clip->b_label : clip->a_label;
        hs_html_literal(h, "<p><span class=\"side\">");
        hs_html_textf(h, "%c: %s", side ? 'B' : 'A', label);
        hs_html_literal(h, "</span> <audio controls preload=\"none\"");
        hs_html_url(h, "src", folder, clip->name, suffix);
        hs_html_attrf(h, "aria-label", "%s, %s", clip->name, label);
        hs_html_literal(h, "></audio></p>");
    }
    hs_html_literal(h, "</div></div>");
}
