/* SPDX-License-Identifier: Apache-2.0 */
/* Weak stand-ins until the modules land; this file goes away with the last of them. */
#include "pair/pair.h"
#include "report/report.h"
#include "run/frame.h"
#define WEAK __attribute__((weak))
WEAK const size_t hs_n_pair_measures;
