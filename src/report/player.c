/* SPDX-License-Identifier: Apache-2.0 */
/* The player of a clip: up to six sides at equal loudness, which report.js switches. Without a
 * script each side is an ordinary audio element. */
#include "report/player.h"

#include "survival/hear.h"

#include <stdio.h>

/* The sides of a clip in the order of their letters. */
static const struct {
    char letter;
    const char *file;
} sides[HS_CLIP_SIDES] = {{'A', "a"}, {'B', "b"}, {'C', "c"}, {'D', "d"}, {'E', "e"}, {'F', "f"}};

/* One side: its letter, its label, its file. */
static void put_side(struct hs_pages *p, struct hs_html *h, const struct hs_clip *clip, size_t side)
{
    char folder[256], suffix[32];
    snprintf(folder, sizeof folder, "%s/", p->options->clips_dir);
    snprintf(suffix, sizeof suffix, "-%s.%s", sides[side].file, p->options->clips->extension);
    hs_html_literal(h, "<div><p class=\"side\"><b>");
    hs_html_textf(h, "%c", sides[side].letter);
    hs_html_literal(h, "</b> <span class=\"name\">");
    hs_html_text(h, clip->label[side]);
    hs_html_literal(h, "</span></p><audio controls preload=\"none\"");
    hs_html_url(h, "src", folder, clip->name, suffix);
    hs_html_attrf(h, "aria-label", "%s, %c", clip->name, sides[side].letter);
    hs_html_literal(h, "></audio></div>");
}

/* In a file of its own a clip takes the room of its bytes as text. */
static bool has_room(struct hs_html *h, const struct hs_clip *clip)
{
    if (!h->places)
        return true;
    bool room = h->places->bytes_left >= clip->bytes;
    h->places->bytes_left -= room ? clip->bytes : 0;
    return room;
}

/* Are all sides at the loudness of the first? */
static bool is_matched(const struct hs_clip *clip)
{
    for (size_t side = 1; hs_clip_is_elsewhere(clip->side) && side < HS_CLIP_SIDES; side++)
        if (clip->label[side] && !hs_hearing_is_matched((enum hs_hearing)clip->target[side]))
            return false;
    return true;
}

/* In a single file only as many clips as there is room for. */
void hs_html_player(struct hs_pages *p, struct hs_html *h, const struct hs_clip *clip)
{
    if (!has_room(h, clip)) {
        hs_html_literal(h, "<p class=\"small quiet\">The clip of ");
        hs_html_time(h, clip->master.from_s, false);
        hs_html_literal(h, " stands in the whole report.</p>");
        return;
    }
    char folder[256];
    snprintf(folder, sizeof folder, "%s/", p->options->clips_dir);
    hs_html_literal(h, "<figure class=\"ab\"");
    hs_html_url(h, "data-script", folder, clip->name, ".js");
    hs_html_attr(h, "data-name", clip->name);
    hs_html_literal(h, "><figcaption>");
    hs_html_time(h, clip->master.from_s, false);
    hs_html_literal(h, " to ");
    hs_html_time(h, clip->master.to_s, false);
    if (clip->side == HS_CLIP_LOST)
        hs_html_literal(h, ", with the noise of the car as loud against it as it is there");
    else
        hs_html_literal(h, ", at equal loudness");
    if (clip->side != HS_CLIP_LOST && !is_matched(clip))
        hs_html_literal(h, ", but for the noise of the car and for what a codec changes");
    hs_html_literal(h, "</figcaption><div class=\"sides\">");
    for (size_t side = 0; side < HS_CLIP_SIDES; side++)
        if (clip->label[side])
            put_side(p, h, clip, side);
    hs_html_literal(h, "</div></figure>");
}
