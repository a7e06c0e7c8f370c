/* SPDX-License-Identifier: Apache-2.0 */
/* The clip of a preview: the loudest ten seconds of the mix, as it is and at up to five targets, of
 * which the loudest are taken. */
#include "report/preview_clip.h"

#include "core/num_text.h"
#include "judge/previewed.h"

#include <math.h>
#include <stdint.h>

/* Of more than five targets the loudest. False where there is nothing to hear. */
bool hs_clip_of_preview(const struct hs_track_result *t, size_t track, struct hs_arena *arena,
                        struct hs_clip *out)
{
    const struct hs_preview *p = t->preview;
    if (!p || !p->there || !p->n_targets)
        return false;
    const struct hs_file *mix = hs_previewed_mix(t);
    double duration = hs_values_or_nan(&mix->values, "duration_s");
    double from = fmin(p->loudest_s, fmax(0, duration - HS_CLIP_SECONDS));
    *out = (struct hs_clip){.track = track,
                            .finding = SIZE_MAX,
                            .rule = "preview",
                            .side = HS_CLIP_PREVIEW,
                            .master = {from, fmin(from + HS_CLIP_SECONDS, duration)},
                            .label = {"the mix as it is"},
                            .name = hs_arena_printf(arena, "%s-preview", t->track->id)};
    size_t most = HS_CLIP_SIDES - 1, first = p->n_targets > most ? p->n_targets - most : 0;
    for (size_t i = first, side = 1; i < p->n_targets; i++, side++) {
        char lufs[HS_NUM_TEXT];
        out->target[side] = i;
        out->label[side] = hs_arena_printf(
            arena, "at %s LUFS%s", hs_num_fixed(lufs, p->targets[i].reached_lufs, 1),
            p->targets[i].of_master ? ", as loud as its master" : "");
    }
    return out->master.to_s - out->master.from_s > 1;
}
