/* SPDX-License-Identifier: Apache-2.0 */
/* Units of work over shards: even, the same however they are numbered elsewhere, never torn. */
#include "check.h"
#include "core/alloc.h"
#include "shards/balance.h"
#include "shards/numbers.h"

#include <stdlib.h>
#include <string.h>

static double heaviest(const double *weight, const size_t *shard, size_t n, size_t n_shards)
{
    double *load = HS_NEW_ARRAY(double, n_shards), most = 0;
    for (size_t i = 0; i < n; i++)
        load[shard[i]] += weight[i];
    for (size_t i = 0; i < n_shards; i++)
        most = load[i] > most ? load[i] : most;
    hs_free(load);
    return most;
}

/* Longest first is never worse than 4/3 - 1/3m of the best (Graham 1969), which is at least the
 * mean and the heaviest unit; and the least loaded is found as a plain search finds it. */
static void test_even(size_t n, size_t n_shards)
{
    double *weight = HS_NEW_ARRAY(double, n), sum = 0, most = 0;
    double *load = HS_NEW_ARRAY(double, n_shards);
    size_t *shard = HS_NEW_ARRAY(size_t, n), *order = HS_NEW_ARRAY(size_t, n), wrong = 0;
    for (size_t i = 0; i < n; i++) {
        weight[i] = 100 + (double)(i * 7919 % 400);
        sum += weight[i];
        most = weight[i] > most ? weight[i] : most;
    }
    hs_balance(weight, n, n_shards, shard);
    double best = sum / (double)n_shards > most ? sum / (double)n_shards : most;
    CHECK(heaviest(weight, shard, n, n_shards) <= best * (4.0 / 3));
    for (size_t i = 0; i < n; i++) { /* insertion: heaviest first, ties by number */
        size_t at = i;
        while (at && weight[order[at - 1]] < weight[i]) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    for (size_t i = 0; i < n; i++) {
        size_t least = 0;
        for (size_t k = 1; k < n_shards; k++)
            if (load[k] < load[least])
                least = k;
        wrong += shard[order[i]] != least;
        load[least] += weight[order[i]];
    }
    CHECK(!wrong);
    hs_free(weight);
    hs_free(load);
    hs_free(shard);
    hs_free(order);
}

static void test_units(void)
{
    struct hs_units u;
    hs_units_init(&u, 6);
    hs_units_join(&u, 4, 1);
    hs_units_join(&u, 5, 4);
    hs_units_join(&u, 2, 2);
    CHECK(hs_units_of(&u, 1) == 1 && hs_units_of(&u, 4) == 1 && hs_units_of(&u, 5) == 1);
    CHECK(hs_units_of(&u, 0) == 0 && hs_units_of(&u, 2) == 2 && hs_units_of(&u, 3) == 3);
    hs_units_join(&u, 0, 5);
    CHECK(hs_units_of(&u, 4) == 0);
    hs_units_free(&u);
    hs_units_free(&u);
}

static void test_lists(void)
{
    static const struct {
        const char *in, *said;
    } rows[] = {{"", ""},          {"0000", ""},         {"1", "0"},        {"111", "0-2"},
                {"1011", "0,2-3"}, {"0110010", "1-2,5"}, {"10101", "0,2,4"}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bool in[16];
        struct hs_buf out = {0};
        size_t n = strlen(rows[r].in);
        for (size_t i = 0; i < n; i++)
            in[i] = rows[r].in[i] == '1';
        hs_shard_list(in, n, &out);
        CHECK(!strcmp(out.data ? out.data : "", rows[r].said));
        hs_buf_free(&out);
    }
}

int main(void)
{
    static const size_t sizes[][2] = {{1, 1}, {3, 7}, {100, 7}, {1000, 16}, {1000, 1000}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        test_even(sizes[i][0], sizes[i][1]);
    test_units();
    test_lists();
    return check_done();
}
