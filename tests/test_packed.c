/* SPDX-License-Identifier: Apache-2.0 */
/* Series and long texts that are left out come back as they were, however many files ask. */
#include "check.h"
#include "model/packed.h"
#include "model/values_pack.h"

#include <string.h>

enum { FILES = 3 * HS_PACKING_SLOTS, LENGTH = 40 };

static void make(size_t id, struct hs_values *v)
{
    float series[LENGTH], few[2] = {1, 2};
    char text[2000] = "";
    memset(text, 'a' + (int)(id % 26), sizeof text - 1);
    for (size_t i = 0; i < LENGTH; i++)
        series[i] = (float)(id * LENGTH + i);
    hs_values_number_bound(v, "number", (double)id, 0.5);
    hs_values_series(v, "course", series, LENGTH, 1.5, 0.1);
    hs_values_series(v, "few", few, 2, 0, 1);
    hs_values_text(v, "print", text);
    hs_values_text(v, "codec", "flac");
    hs_values_absent(v, "absent", "shorter than %d s", 3);
    hs_values_array(v, "array", (double[]){1, NAN, 3}, 3);
}

/* id FILES - 1 is gone. */
static bool read_again(void *ctx, const void *id, struct hs_values *out)
{
    size_t i = *(const size_t *)id;
    ++*(int *)ctx;
    make(i, out);
    return i != FILES - 1;
}

static void whole(const struct hs_values *v, size_t id)
{
    const struct hs_value *s = hs_values_get(v, "course"), *t = hs_values_get(v, "print");
    CHECK(s->n == LENGTH && s->series[7] == (float)(id * LENGTH + 7) && s->step_s == 0.1);
    CHECK(strlen(t->text) == 1999 && t->text[1998] == 'a' + (int)(id % 26));
    CHECK(hs_values_get(v, "number")->bound == 0.5);
    CHECK(hs_values_or_nan(v, "number") == (double)id);
    CHECK_TEXT(hs_values_get(v, "codec")->text, "flac");
    CHECK_TEXT(hs_values_why(v, "absent"), "shorter than 3 s");
    CHECK_TEXT(hs_values_why(v, "codec"), "not measured");
    CHECK(hs_values_get(v, "few")->series[1] == 2);
    CHECK(isnan(hs_values_get(v, "array")->array[1]) && isnan(hs_values_get(v, "array")->bound));
}

int main(void)
{
    struct hs_arena arena = {0};
    int reads = 0;
    struct hs_packing packing = {.read = read_again, .ctx = &reads};
    struct hs_values v[FILES];
    size_t ids[FILES];
    for (size_t i = 0; i < FILES; i++) {
        struct hs_arena scratch = {0};
        ids[i] = i;
        hs_values_init(&v[i], &scratch);
        make(i, &v[i]);
        if (i == 1)
            hs_values_settle(&v[i], &arena);
        else
            hs_packing_pack(&packing, &v[i], &arena, &ids[i]);
        hs_arena_free(&scratch);
    }
    CHECK(reads == 0);
    CHECK(hs_values_get(&v[2], "few")->key == hs_values_get(&v[3], "few")->key);
    CHECK(v[2].packed && !v[1].packed);
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < FILES - 1; i++)
            whole(&v[i], i);
    CHECK(reads == 2 * (FILES - 2));
    whole(&v[FILES - 2], FILES - 2);
    CHECK(reads == 2 * (FILES - 2)); /* still there */
    CHECK(hs_values_get(&v[FILES - 1], "course")->n == 0);
    CHECK_TEXT(hs_values_get(&v[FILES - 1], "print")->text, "");
    struct hs_buf a = {0}, b = {0};
    struct hs_arena other = {0};
    struct hs_values again;
    hs_values_init(&again, &other);
    make(0, &again);
    hs_values_pack(&v[0], &a); /* what is written is whole */
    hs_values_pack(&again, &b);
    CHECK(a.len == b.len && !memcmp(a.data, b.data, a.len));
    hs_buf_free(&a);
    hs_buf_free(&b);
    hs_packing_free(&packing);
    hs_arena_free(&arena);
    hs_arena_free(&other);
    return check_done();
}
