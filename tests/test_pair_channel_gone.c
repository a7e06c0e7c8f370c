/* SPDX-License-Identifier: Apache-2.0 */
/* What is cut out of a line that has all the segments it may have. */
#include "made_pair.h"
#include "made_song.h"
#include "pair/channel_gone.h"

enum { SECONDS = 20, GONE_S = 15 };

static struct hs_arena arena;

/* Half a second each, the last one up to the end. */
static struct hs_timeline full_line(void)
{
    struct hs_timeline line = {.n_segments = HS_EDITS_MOST, .edited = true};
    for (size_t i = 0; i < HS_EDITS_MOST; i++)
        line.segment[i] = (struct hs_edit){
            .line = {.ratio = 1}, .from_s = 0.5 * (double)i, .to_s = 0.5 * (double)(i + 1)};
    line.segment[HS_EDITS_MOST - 1].to_s = SECONDS;
    return line;
}

/* A channel that is gone up to the end leaves as many pieces as there were. */
int main(void)
{
    struct signal mix = song(SECONDS, 5), master = part(&mix, 0, mix.n);
    for (size_t i = (size_t)GONE_S * RATE; i < master.n; i++)
        master.x[1][i] = 0;
    struct side x, y;
    put_side(&x, &mix, &arena);
    put_side(&y, &master, &arena);
    struct hs_feed of_mix = {0}, of_master = {0};
    CHECK(hs_feed_open(&of_mix, &x.source, 0, NULL) == HS_OK);
    CHECK(hs_feed_open(&of_master, &y.source, 0, NULL) == HS_OK);
    struct hs_fine fine = {.basis = {.from = {0, 1}, .sign = {1, 1}}};
    hs_sinc_init(&fine.sinc);
    const struct hs_timeline line = full_line();
    struct hs_timeline sound;
    struct hs_aligned a;
    struct hs_drop gone[HS_DROPS_MOST];
    size_t n;
    hs_aligned_init(&a, &of_mix, &of_master, &line, &fine);
    CHECK(hs_channel_gone_leave_out(&a, &x.file, &y.file, 0, gone, &n, &sound, NULL) == HS_OK);
    CHECK(n == 1 && gone[0].channel == 1);
    CHECK(sound.n_segments == HS_EDITS_MOST);
    CHECK_NEAR(sound.segment[HS_EDITS_MOST - 1].to_s, GONE_S - 0.2, 0.1);
    hs_sinc_free(&fine.sinc);
    hs_feed_close(&of_mix);
    hs_feed_close(&of_master);
    unlink(x.path);
    unlink(y.path);
    signal_free(&mix);
    signal_free(&master);
    hs_arena_free(&arena);
    return check_done();
}
