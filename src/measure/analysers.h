/* SPDX-License-Identifier: Apache-2.0 */
/* The analysers' tables as one: rows by key, versions, and who depends on whom. */
#ifndef HS_MEASURE_ANALYSERS_H
#define HS_MEASURE_ANALYSERS_H

#include "core/buf.h"
#include "measure/analyser.h"

/* A set of analysers: a bit each, in the order of their table. */
typedef uint64_t hs_analyser_set;
#define HS_ALL_ANALYSERS (~(hs_analyser_set)0) /* that run unasked */

/* All that run where these destinations (model/survival.h) are asked for. */
hs_analyser_set hs_measure_asked(unsigned destinations);

/* The table row of a key, or NULL. */
const struct hs_measure *hs_measure_find(const char *key);
/* One number over all analysers' names and versions: of judgements made from them. */
unsigned long long hs_measure_version(void);
/* The same over some of them, by name (NULL-terminated). */
unsigned long long hs_measure_version_of(const char *const *names);
/* The versions of today, to be kept beside what was measured: of what runs unasked, and of what
 * else is in `values`. */
void hs_measure_put_versions(const struct hs_values *values, struct hs_buf *out);
/* Which analysers have to run where values were made at the versions given: those that
 * changed or are new, what reads their values, and what these work on. 0: none. All of
 * them where the versions cannot be read or the driver itself has changed. What runs on request
 * counts where it is asked for, or was. */
hs_analyser_set hs_measure_stale(const void *versions, size_t n, unsigned destinations);

#endif
