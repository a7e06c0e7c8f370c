/* SPDX-License-Identifier: Apache-2.0 */
/* A pair of made signals through the whole comparison: written as float WAV, measured, paired. */
#ifndef HS_TESTS_MADE_PAIR_H
#define HS_TESTS_MADE_PAIR_H

#include "check.h"
#include "pair/pair.h"
#include "signals.h"
#include "wav_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct side {
    char path[64];
    struct hs_source source;
    struct hs_file file;
};

static void put_side(struct side *to, const struct signal *s, struct hs_arena *a)
{
    *to = (struct side){0};
    snprintf(to->path, sizeof to->path, "%s/test_pair_XXXXXX",
             getenv("TMPDIR") && strlen(getenv("TMPDIR")) < 40 ? getenv("TMPDIR") : "/tmp");
    int fd = mkstemp(to->path);
    CHECK(fd >= 0);
    close(fd);
    put_wav(to->path, s);
    to->source = (struct hs_source){.path = to->path, .shown = to->path, .exists = true};
    to->file = (struct hs_file){
        .source = &to->source, .state = HS_FILE_OK, .values = signal_measure(s, a)};
}

static inline struct hs_pair pair_of(const struct signal *mix, const struct signal *master,
                                     struct hs_arena *a)
{
    struct side x, y;
    struct hs_pair p;
    struct hs_error err = {0};
    put_side(&x, mix, a);
    put_side(&y, master, a);
    CHECK(hs_pair_analyse(&x.file, &y.file, a, &p, &err) == HS_OK);
    unlink(x.path);
    unlink(y.path);
    return p;
}

static inline double value(const struct hs_pair *p, const char *key)
{
    return hs_values_or_nan(&p->values, key);
}

#endif
