/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Both files of an alignment are opened at rates that fall on each other. Offsets that one of them
 * has and the other one lacks are taken off.
 */
#ifndef HS_PAIR_ALIGN_FEEDS_H
#define HS_PAIR_ALIGN_FEEDS_H

#include "pair/align.h"

/* At its own rate, divided until it is at most 50 kHz. */
enum hs_status hs_align_open_master(struct hs_alignment *a, struct hs_error *err);
/* The mix, at the rate at which its frames fall on the master's; its own where that is near. One
 * that is open at that rate stays open: whoever reads it seeks first. */
enum hs_status hs_align_open_mix(struct hs_alignment *a, double ratio, struct hs_error *err);

#endif
