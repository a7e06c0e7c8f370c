/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The mix is read along the map of the segment, and along the wow where there is one
 * (pair/wow.h), between its frames.
 */
#include "pair/aligned.h"

#include <math.h>
#include <string.h>

/* The mix is read from this much earlier on; no tape deviates further. */
static const double lead_s = 0.1;

void hs_aligned_init(struct hs_aligned *a, struct hs_feed *mix, struct hs_feed *master,
                     const struct hs_timeline *line, const struct hs_fine *fine)
{
    *a = (struct hs_aligned){
        .mix = mix, .master = master, .line = line, .basis = &fine->basis, .sinc = &fine->sinc};
}

enum hs_status hs_aligned_seek(struct hs_aligned *a, size_t segment, double master_s,
                               struct hs_error *err)
{
    enum hs_status status = hs_feed_seek(a->master, fmax(master_s, 0), err);
    double mix_s = hs_timeline_mix_s(a->line, segment, master_s) - lead_s;
    return status ? status : hs_feed_seek(a->mix, fmax(mix_s, 0), err);
}

int64_t hs_aligned_frame(const struct hs_aligned *a, double master_s)
{
    return llround((master_s - a->master->origin_s) * a->master->rate_hz);
}

double hs_aligned_time(const struct hs_aligned *a, int64_t frame)
{
    return a->master->origin_s + (double)frame / a->master->rate_hz;
}

/* n frames of the mix as they stand at the master's frames from master_s on. */
static enum hs_status read_mix(struct hs_aligned *a, size_t segment, double master_s, size_t n,
                               float *left, float *right, struct hs_error *err)
{
    struct hs_feed *mix = a->mix;
    double end_s = master_s + (double)n / a->master->rate_hz;
    double at_s = hs_timeline_mix_s(a->line, segment, master_s);
    double last_s = hs_timeline_mix_s(a->line, segment, end_s);
    double at = (at_s - mix->origin_s) * mix->rate_hz;
    int64_t first = (int64_t)floor(at) - HS_SINC_BEFORE - 1;
    size_t need = (size_t)ceil((last_s - at_s) * mix->rate_hz) + HS_SINC_BEFORE + HS_SINC_AFTER + 4;
    const float *in[2];
    enum hs_status status = hs_feed_get(mix, first, need, in, err);
    const struct hs_path path = {a->line->segment[segment].line, &a->line->wow, a->master->rate_hz,
                                 mix->rate_hz, mix->origin_s + (double)first / mix->rate_hz};
    if (!status)
        hs_path_read(&path, a->sinc, in[0], in[1], master_s, n, left, right);
    return status;
}

/* Frames of the master and of the mix at the same places, in the channels of the master. */
enum hs_status hs_aligned_read(struct hs_aligned *a, size_t segment, int64_t frame, size_t n,
                               float *const mix[2], float *const master[2], struct hs_error *err)
{
    const float *in[2];
    enum hs_status status = hs_feed_get(a->master, frame, n, in, err);
    if (status)
        return status;
    for (int c = 0; c < 2; c++)
        memcpy(master[c], in[c], n * sizeof *in[c]);
    for (size_t i = 0; a->middle && i < n; i++)
        master[0][i] = master[1][i] = (in[0][i] + in[1][i]) / 2;
    status = read_mix(a, segment, hs_aligned_time(a, frame), n, mix[0], mix[1], err);
    if (!status)
        hs_basis_apply(a->basis, mix[0], mix[1], n);
    return status;
}
