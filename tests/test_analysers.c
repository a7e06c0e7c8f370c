/* SPDX-License-Identifier: Apache-2.0 */
/* Measuring again only what has changed: any analyser by itself, beside the old values of
 * the others, gives what all of them together give, to the last bit. */
#include "check.h"
#include "core/wire.h"
#include "measure/analyser.h"
#include "measure/analysers.h"
#include "media/library.h"
#include "model/survival.h"
#include "model/values_pack.h"
#include "signals.h"

#include <stdlib.h>
#include <string.h>

static const struct hs_values none; /* nothing on request has run */

static struct hs_values measure_some(const struct signal *s, hs_analyser_set set,
                                     const struct hs_values *known, struct hs_arena *arena)
{
    struct hs_stream stream = signal_stream(s);
    const float *channels[HS_MAX_CHANNELS];
    struct hs_values v;
    struct hs_measuring *m;
    hs_values_init(&v, arena);
    for (int c = 0; c < s->n_channels; c++)
        channels[c] = s->x[c];
    if (CHECK(hs_measuring_start(&m, &stream, set, known, NULL) == HS_OK)) {
        hs_measuring_block(m, channels, s->n);
        hs_measuring_finish(m, &v);
        hs_measuring_free(m);
    }
    return v;
}

/* Old values of the analysers of `set` that could not be right: they must not survive. */
static struct hs_values spoil(const struct hs_values *all, hs_analyser_set set,
                              struct hs_arena *arena)
{
    struct hs_values v;
    struct hs_buf packed = {0};
    hs_values_init(&v, arena);
    hs_values_pack(all, &packed);
    CHECK(hs_values_unpack(&v, packed.data, packed.len, NULL) == HS_OK);
    hs_buf_free(&packed);
    for (size_t i = 0; i < hs_n_analysers; i++)
        for (size_t k = 0; (set >> i & 1) && k < hs_analysers[i]->n_measures; k++)
            hs_values_number(&v, hs_analysers[i]->measures[k].key, -12345);
    return v;
}

/* What has to run where analyser `changed` is another version than the one that measured. */
static hs_analyser_set stale_with(const struct hs_values *all, size_t changed,
                                  struct hs_arena *arena)
{
    struct hs_buf today = {0}, then = {0};
    hs_measure_put_versions(all, &today);
    struct hs_cursor c = hs_cursor(today.data, today.len);
    hs_wire_put_u32(&then, hs_wire_take_u32(&c));
    hs_wire_put_u32(&then, hs_wire_take_u32(&c));
    for (size_t i = 0; i < hs_n_analysers; i++) {
        hs_wire_put_text(&then, hs_wire_take_text(&c, arena));
        hs_wire_put_u32(&then, hs_wire_take_u32(&c) + (i == changed));
    }
    hs_analyser_set set = hs_measure_stale(then.data, then.len, HS_TO_ALL);
    hs_buf_free(&today);
    hs_buf_free(&then);
    return set;
}

static void test_each_alone(void)
{
    struct hs_arena arena = {0};
    struct signal s = signal_new(44100, 2);
    signal_song(&s, 25, 0.4, 7);
    struct hs_values all = measure_some(&s, hs_measure_asked(HS_TO_ALL), NULL, &arena);
    struct hs_buf whole = {0}, merged = {0};
    hs_values_pack(&all, &whole);
    for (size_t i = 0; i < hs_n_analysers; i++) {
        hs_analyser_set set = stale_with(&all, i, &arena);
        struct hs_values known = spoil(&all, set, &arena);
        struct hs_values some = measure_some(&s, set, &known, &arena);
        hs_buf_clear(&merged);
        hs_values_pack(&some, &merged);
        if (!CHECK(merged.len == whole.len && !memcmp(merged.data, whole.data, whole.len)))
            fprintf(stderr, "%s by itself\n", hs_analysers[i]->name);
    }
    hs_buf_free(&whole);
    hs_buf_free(&merged);
    signal_free(&s);
    hs_arena_free(&arena);
}

static size_t index_of(const char *name)
{
    for (size_t i = 0; i < hs_n_analysers; i++)
        if (!strcmp(hs_analysers[i]->name, name))
            return i;
    abort();
}

static bool has(hs_analyser_set set, const char *name)
{
    return set >> index_of(name) & 1;
}

/* Versions of today, but for one analyser whose version was another. */
static hs_analyser_set stale_after(const char *name)
{
    struct hs_buf today = {0}, old = {0};
    struct hs_arena arena = {0};
    hs_measure_put_versions(&none, &today);
    struct hs_cursor c = hs_cursor(today.data, today.len);
    hs_wire_put_u32(&old, hs_wire_take_u32(&c));
    uint32_t n = hs_wire_take_u32(&c);
    hs_wire_put_u32(&old, n);
    for (uint32_t i = 0; i < n; i++) {
        const char *a = hs_wire_take_text(&c, &arena);
        uint32_t version = hs_wire_take_u32(&c);
        hs_wire_put_text(&old, a);
        hs_wire_put_u32(&old, strcmp(a, name) ? version : version + 1);
    }
    hs_analyser_set set = hs_measure_stale(old.data, old.len, 0);
    hs_buf_free(&today);
    hs_buf_free(&old);
    hs_arena_free(&arena);
    return set;
}

static void test_stale(void)
{
    struct hs_buf today = {0};
    hs_measure_put_versions(&none, &today);
    CHECK(hs_measure_stale(today.data, today.len, 0) == 0);
    hs_analyser_set asked = hs_measure_stale(today.data, today.len, HS_TO_CAR);
    CHECK(has(asked, "car") && !has(asked, "phone") && !has(asked, "bands"));
    CHECK(hs_measure_stale(today.data, today.len / 2, 0) == HS_ALL_ANALYSERS);
    CHECK(hs_measure_stale("", 0, 0) == HS_ALL_ANALYSERS);
    hs_analyser_set hum = stale_after("hum"), space = stale_after("space");
    CHECK(has(hum, "hum") && has(hum, "longterm") && !has(hum, "bands"));
    CHECK(!has(hum, "loudness") && !has(hum, "levels"));
    CHECK(has(space, "space") && has(space, "wetness") && !has(space, "rhythm"));
    hs_analyser_set loudness = stale_after("loudness");
    CHECK(has(loudness, "ratios") && has(loudness, "peaks") && has(loudness, "drums"));
    CHECK(!has(loudness, "longterm"));
    static const char *const hum_alone[] = {"hum", NULL};
    static const char *const others[] = {"bands", "levels", NULL};
    CHECK(hs_measure_version_of(hum_alone) != hs_measure_version_of(others));
    hs_buf_free(&today);
}

int main(void)
{
    hs_media_init();
    test_stale();
    test_each_alone();
    return check_done();
}
