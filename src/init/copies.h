/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Masters of one title, length and release that are one master in several formats. The best format
 * stays and takes over tags that it lacks.
 */
#ifndef HS_INIT_COPIES_H
#define HS_INIT_COPIES_H

#include "core/error.h"
#include "init/archive.h"
#include "model/measure.h"

/* Two masters of one name and length. */
struct hs_maybe_copy {
    struct hs_take *a, *b;
    bool same; /* one recording in two files, as loud in both */
};
/* Listens to the pairs and sets `same`. */
typedef enum hs_status hs_same_audio(struct hs_archive *in, struct hs_maybe_copy *pairs, size_t n,
                                     struct hs_error *err);

/* Whether third octaves (dB, as `bands_db` has them) differ by no more than a format does, from 50
 * Hz to 10 kHz. NULL: not known, which is none. `lossy`: one of the files is. */
bool hs_copies_same_tone(const double a[HS_BANDS], const double b[HS_BANDS], bool lossy);
/* A master that is not left out. */
bool hs_copies_is_master(const struct hs_take *t);
/* Sets `copy_of`. Fails only where `same_audio` fails, which is called where names and tags leave a
 * doubt. */
enum hs_status hs_copies_find(struct hs_archive *in, hs_same_audio *same_audio,
                              struct hs_error *err);

#endif
