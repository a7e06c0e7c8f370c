/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Instruments of a track: its stems are looked for in its mix and its master, fitted in both at
 * once, and read. Pure but for the files that it reads. What it finds follows from the bytes of the
 * files, and from which stems are one instrument, alone.
 */
#ifndef HS_STEMS_ANALYSE_H
#define HS_STEMS_ANALYSE_H

#include "core/alive.h"
#include "model/audit.h"
#include "stems/solve.h"

struct hs_stem_input {
    const struct hs_file *file; /* with its measures where there are any */
    enum hs_stem_role role;
    int key; /* stems of one key are one instrument */
};

struct hs_stems_order {
    const struct hs_file *side[HS_STEM_SIDES]; /* NULL: there is none */
    const struct hs_stem_input *stems;
    size_t n_stems;
    enum hs_stem_origin origin;
    size_t keep_bytes; /* of each side so many may be kept in memory, so that it is decoded once */
    const struct hs_alive *alive;
};

/* Raised when what is found changes. */
unsigned long long hs_stems_version(void);
/* The analysers whose measures of stems are read, NULL-terminated. */
extern const char *const hs_stems_reads[];

/* An error is one of reading; what cannot be found or fitted is told by reasons, also more stems
 * than HS_STEMS_MOST. `out` lives in the arena. */
enum hs_status hs_stems_analyse(const struct hs_stems_order *order, struct hs_arena *arena,
                                struct hs_instruments *out, struct hs_error *err);

#endif
