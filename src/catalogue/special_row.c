/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/special_row.h"

#include "catalogue/another_song.h"
#include "core/arena.h"

#include <math.h>

/* A verified update asks for nothing but its release: a new mix has to be mastered. */
void hs_special_row_of_update(const struct hs_track_result *t, struct hs_shortlist_row *row)
{
    bool mix = t->update_kind == HS_UPDATE_MIX;
    row->action = mix ? HS_RE_MASTER : HS_RE_UPLOAD;
    row->lead = NULL;
    row->fixability = row->confidence = 1;
    row->tier = HS_MEASURED;
    row->why = mix ? "the new mix is verified against its plan: have it mastered"
                   : "the new master is verified against its plan: upload it";
}

/* What is there and cannot be decoded is the worst file of an archive: printed again where the mix
 * is whole, else somebody has to find a better copy. */
void hs_special_row_of_damage(struct hs_audit *audit, const struct hs_track_result *t,
                              struct hs_shortlist_row *row)
{
    const double another_copy = 0.5, from_mix = 0.9, sure = 0.95;
    bool mix = t->mix.state == HS_FILE_OK;
    row->lead = NULL;
    row->action = mix ? HS_RE_MASTER : HS_RE_UPLOAD;
    row->severity = HS_SEVERE;
    row->fixability = mix ? from_mix : another_copy;
    row->confidence = sure;
    row->tier = HS_MEASURED;
    row->why =
        hs_arena_printf(&audit->arena, "the master cannot be read%s%s: %s",
                        t->master.error ? ", " : "", t->master.error ? t->master.error : "",
                        mix ? "master the mix anew, or find a whole copy" : "find a whole copy");
}

/* Which file is the wrong one comes before all that was found in them, as severe as its finding.
 * That they do not belong together is as sure as the comparison; which of them is wrong is even.
 * What else is listed of the track stays behind it. */
void hs_special_row_of_wrong_file(struct hs_audit *audit, const struct hs_track_result *t,
                                  struct hs_shortlist_row *row)
{
    const double either = 0.5;
    const bool alone = row->action == HS_LEAVE,
               more = row->lead && !hs_same_rule(row->lead->rule, "damaged");
    row->wrong_file = true;
    row->lead = NULL;
    row->action = alone ? HS_RE_UPLOAD : row->action;
    row->tier = HS_MEASURED;
    row->severity = fmax(row->severity, hs_another_song_finding(t)->severity);
    row->fixability = alone ? 1 : row->fixability;
    row->confidence = alone ? either * t->pair.confidence : row->confidence;
    row->why = hs_arena_printf(
        &audit->arena,
        "the file under this title is not a master of this mix: wrong file? Or is the mix the "
        "wrong one? Find that out first (%.0f %% sure that they differ)%s%s",
        100 * t->pair.confidence, more ? "; then: " : "", more ? row->why : "");
}
