/* SPDX-License-Identifier: Apache-2.0 */
/* The packed form of measures, as it comes from the store and from the worker: any
 * bytes are unpacked or refused; what was packed comes back as it was. */
#include "core/arena.h"
#include "core/buf.h"
#include "model/values.h"
#include "model/values_pack.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void fill(struct hs_values *v, const uint8_t *data, size_t n)
{
    double x[8];
    float y[16];
    for (size_t at = 0; at + sizeof x + 4 <= n; at += sizeof x + 4) {
        char key[8], text[5];
        snprintf(key, sizeof key, "k%u", data[at] % 32u);
        memcpy(x, data + at + 4, sizeof x);
        memcpy(y, data + at + 4, sizeof y);
        memcpy(text, data + at, 4);
        text[4] = 0;
        switch (data[at + 1] % 7) {
        case 0:
            hs_values_number(v, key, x[0]);
            break;
        case 1:
            hs_values_number_bound(v, key, x[0], x[1]);
            break;
        case 2:
            hs_values_flag(v, key, data[at + 2] & 1);
            break;
        case 3:
            hs_values_text(v, key, text);
            break;
        case 4:
            hs_values_array(v, key, x, data[at + 2] % 9);
            break;
        case 5:
            hs_values_series(v, key, y, data[at + 2] % 17, x[0], x[1]);
            break;
        default:
            hs_values_absent(v, key, "because of %s", text);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct hs_arena a = {0};
    struct hs_values v, back;
    struct hs_buf packed = {0}, again = {0};
    hs_values_init(&v, &a);
    if (!hs_values_unpack(&v, data, n, NULL))
        hs_values_pack(&v, &packed); /* whatever was taken can be written again */
    hs_buf_clear(&packed);
    hs_values_init(&v, &a);
    fill(&v, data, n);
    hs_values_pack(&v, &packed);
    hs_values_init(&back, &a);
    if (hs_values_unpack(&back, packed.data, packed.len, NULL))
        abort();
    hs_values_pack(&back, &again);
    if (packed.len != again.len || (again.len && memcmp(packed.data, again.data, again.len)))
        abort();
    hs_buf_free(&packed);
    hs_buf_free(&again);
    hs_arena_free(&a);
    return 0;
}
