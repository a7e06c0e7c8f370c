/* SPDX-License-Identifier: Apache-2.0 */
/* Weak stand-ins until the modules land; this file goes away with the last of them. */
#include "pair/pair.h"
#include "report/report.h"
#include "run/frame.h"
#define WEAK __attribute__((weak))
WEAK enum hs_status hs_pair_analyse(const struct hs_file *mix, const struct hs_file *master, struct hs_arena *arena, struct hs_pair *out, struct hs_error *err) { (void)mix; (void)master; (void)arena; out->state = HS_PAIR_CANNOT_SAY; out->why = "not there yet"; (void)err; return HS_OK; }
WEAK void hs_pair_choose(const struct hs_pair *pairs, const struct hs_file *mixes, size_t n, struct hs_arena *arena, struct hs_pair *out) { (void)mixes; (void)n; (void)arena; *out = pairs[0]; }
WEAK void hs_pair_pack(const struct hs_pair *pair, struct hs_buf *out) { hs_values_pack(&pair->values, out); }
WEAK enum hs_status hs_pair_unpack(struct hs_pair *pair, struct hs_arena *arena, const void *data, size_t n, struct hs_error *err) { hs_values_init(&pair->values, arena); pair->state = HS_PAIR_CANNOT_SAY; return hs_values_unpack(&pair->values, data, n, err); }
WEAK unsigned long long hs_pair_version(void) { return 0; }
WEAK void hs_task_clip(const void *payload, size_t n, const struct hs_alive *alive, struct hs_buf *reply) { (void)payload; (void)n; (void)alive; (void)reply; }
WEAK const struct hs_measure hs_pair_measures[1];
WEAK const size_t hs_n_pair_measures;
