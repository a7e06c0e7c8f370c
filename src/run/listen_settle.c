/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the alignment finds the recording, that mix moves to the front; above a confidence of 0.8
 * the other candidates are dropped. Where it says that it is another recording, all of them are.
 */
#include "run/listen_settle.h"

#include "core/num_text.h"
#include "init/common_word.h"

#include <math.h>
#include <string.h>

/* An alignment surer than this settles a pair. */
static const double SETTLED = 0.8;

/* Drops all candidates but the first. Those that had the name are reported as unlike; those that
 * only the fingerprint proposed stay free for other masters. */
static void drop_rest(struct hs_archive *in, struct hs_guess *g, bool by_name)
{
    for (size_t k = 1; by_name && k < g->n_mixes; k++)
        hs_archive_add_companion(in, g, g->mixes[k], HS_COMPANION_UNLIKE, NULL);
    g->n_mixes = 1;
}

/* Of one name, but another recording: a concert beside the album. That is no open question. */
static void drop_all(struct hs_archive *in, struct hs_guess *g)
{
    for (size_t k = 0; k < g->n_mixes; k++)
        hs_archive_add_companion(in, g, g->mixes[k], HS_COMPANION_UNLIKE, NULL);
    g->why = hs_arena_printf(in->arena, "%s, but the audio is another recording", g->why);
    g->n_mixes = 0;
    g->ambiguous = false;
}

void hs_listen_settle(struct hs_archive *in, struct hs_guess *g, const struct hs_pair *p,
                      bool by_name)
{
    char text[HS_NUM_TEXT];
    bool found = p->state == HS_PAIR_ALIGNED || p->state == HS_PAIR_EDITED;
    double sure = p->confidence;
    if (p->n_candidates > p->chosen)
        sure = fmin(sure, p->candidates[p->chosen].confidence);
    if (found && p->chosen < g->n_mixes) {
        struct hs_take *chosen = g->mixes[p->chosen];
        const char *common = hs_init_common_word(in->arena, g->master, chosen);
        memmove(g->mixes + 1, g->mixes, p->chosen * sizeof *g->mixes);
        g->mixes[0] = chosen;
        g->ambiguous = sure < SETTLED;
        if (!g->ambiguous)
            drop_rest(in, g, by_name);
        g->confidence = sure;
        if (!by_name)
            g->why = common ? hs_arena_printf(in->arena, "both names say \"%s\"", common)
                            : "no name in common";
        g->why = hs_arena_printf(in->arena, "%s; the audio fits (%s)", g->why,
                                 hs_num_fixed(text, p->confidence, 2));
        chosen->used = true;
        return;
    }
    if (!by_name) {
        g->n_mixes = 0;
        g->why = "no mix of such a name, none that sounds like it";
        return;
    }
    if (p->state == HS_PAIR_DIFFERENT) {
        drop_all(in, g);
        return;
    }
    g->why = hs_arena_printf(in->arena, "%s; the audio cannot say", g->why);
}
