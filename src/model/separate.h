/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The separator that a job names: a program that people own, which takes a file apart. Plain data
 * in the arena of the job.
 */
#ifndef HS_MODEL_SEPARATE_H
#define HS_MODEL_SEPARATE_H

#include "model/stem_role.h"

#include <stddef.h>

struct hs_separated_output {
    const char *name; /* as the job has it */
    enum hs_stem_role role;
    const char *pattern; /* below the folder of outputs, with {name}; may have * and ? */
};

struct hs_separate {
    const char *const *command; /* NULL-terminated, with {in} {out} {name} */
    const char *const *version; /* NULL-terminated; NULL: not asked */
    const struct hs_separated_output *outputs;
    size_t n_outputs;
    double limit_s, memory_bytes; /* of one run; 0: no limit of memory */
    const char *keep;             /* folder in which what it makes is left; NULL: nowhere */
};

#endif
