/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The delivery sheet of a track to upload: what the new master is (beside the old one), what it
 * replaces, and what becomes of its code. A proposal for people; nothing is sent.
 */
#ifndef HS_CATALOGUE_DELIVERY_H
#define HS_CATALOGUE_DELIVERY_H

#include "model/audit.h"

#include <stdbool.h>

/* A figure of the new file beside that of the old one; NaN where it is not known. */
struct hs_delivered {
    const char *key, *title, *unit;
    int digits;
    double now, before;
};

enum { HS_DELIVERED_MOST = 16 };

struct hs_delivery {
    const char *file, *codec; /* of the new master */
    struct hs_delivered figure[HS_DELIVERED_MOST];
    size_t n_figures;
    const char *isrc;      /* NULL: the track has none */
    bool isrc_kept;        /* else a new code is due */
    const char *isrc_why;  /* a sentence */
    const char **replaces; /* the files that it stands for from now on */
    size_t n_replaces;
};

/* False where the track has no readable new master. Texts live in the arena. */
bool hs_delivery_make(const struct hs_audit *audit, const struct hs_track_result *t,
                      struct hs_arena *arena, struct hs_delivery *out);

#endif
