/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An analyser: one file of this folder that ends in one const struct. The build collects
 * every src/measure/an_NAME.c, which must define `const struct hs_analyser
 * hs_analyser_NAME`; nothing else is touched when one is added.
 *
 * All analysers of a file run on one thread, in the order of (stage, name). `block` gets
 * consecutive blocks of any size from 1 frame up; results must not depend on the
 * division. `finish` writes every key of `measures` (as a value or absent with a reason)
 * and may read what earlier analysers wrote to the same hs_values. Keys that start with
 * '_' are working series shared between analysers; they are dropped before storing.
 * State is zeroed memory of state_size bytes, owned by the driver; what `start` allocates
 * `stop` frees, also after a failure. A failing analyser makes its own measures absent.
 */
#ifndef HS_MEASURE_ANALYSER_H
#define HS_MEASURE_ANALYSER_H

#include "core/error.h"
#include "measure/spectrum.h"
#include "model/audio.h"
#include "model/measure.h"
#include "model/values.h"

struct hs_analyser {
    const char *name;
    unsigned version; /* raised when a value changes: old stored values are measured anew */
    /* What its values depend on beside that: names and versions of encoders. May be NULL. */
    void (*made_with)(char *out, size_t size);
    int stage; /* 0 reads audio; higher ones derive from what lower ones wrote */
    /* Names of analysers, NULL-terminated, or NULL: those whose values `finish` reads, and
     * those whose working series it reads, which must run with it. */
    const char *const *reads, *const *works_on;
    /* Runs only where one of these destinations is asked for (model/survival.h); 0: always. */
    unsigned on_request;
    const struct hs_measure *measures;
    size_t n_measures;
    size_t state_size;
    enum hs_status (*start)(void *state, const struct hs_stream *stream, struct hs_error *err);
    void (*block)(void *state, const struct hs_block *block);       /* may be NULL */
    void (*spectrum)(void *state, const struct hs_spectrum *frame); /* may be NULL */
    void (*finish)(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *values);
    void (*stop)(void *state); /* may be NULL */
};

/* All of them in running order; made by the build. */
extern const struct hs_analyser *const hs_analysers[];
extern const size_t hs_n_analysers;

#endif
