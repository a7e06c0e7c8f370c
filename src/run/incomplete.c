/* SPDX-License-Identifier: Apache-2.0 */
/* One warning for each file, pair and piece of work without a result. */
#include "run/incomplete.h"

#include "catalogue/another_song.h"
#include "run/exit.h"

void hs_incomplete_say_unfinished(const struct hs_gather *g)
{
    for (size_t i = 0; i < g->n_unfinished; i++) {
        const struct hs_unfinished *u = &g->unfinished[i];
        hs_log_warn(g->log, "%s: %s: %s", u->what,
                    u->given_up ? "in quarantine (--retry-quarantine tries it again)"
                                : "unfinished, tried again in the next run",
                    u->why);
    }
}

int hs_incomplete_say(const struct hs_gather *g, const struct hs_audit *audit)
{
    int code = g->n_unfinished ? HS_EXIT_PARTIAL : HS_EXIT_OK;
    hs_incomplete_say_unfinished(g);
    for (size_t i = 0; i < g->entries.n; i++) {
        const struct hs_file *f = &g->entries.items[i].file;
        if (f->state == HS_FILE_OK)
            continue;
        code = HS_EXIT_PARTIAL;
        if (hs_file_refused(f->state))
            hs_log_warn(g->log, "%s: %s: %s", f->source->path, hs_file_state_name(f->state),
                        f->error);
    }
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_track_result *t = &audit->tracks[i];
        if (hs_another_song_is(t))
            hs_log_warn(g->log,
                        "%s: the file under this title is not a master of the mix given: one of "
                        "the two is the wrong file",
                        t->track->title);
        if (t->pair.state != HS_PAIR_CANNOT_SAY)
            continue;
        hs_log_warn(g->log, "%s: cannot say whether the mix belongs to it: %s", t->track->title,
                    t->pair.why ? t->pair.why : "ambiguous");
        code = HS_EXIT_PARTIAL;
    }
    return code;
}
