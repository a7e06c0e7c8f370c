/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command of `notify:`, run by the shell in a process group of its own. What it prints
 * goes to the log, line by line, never to standard output. It gets the folder of the report
 * and the digest's files in HINDSIGHT_REPORT, HINDSIGHT_DIGEST and HINDSIGHT_DIGEST_JSON.
 */
#ifndef HS_RUN_NOTICE_H
#define HS_RUN_NOTICE_H

#include "core/error.h"
#include "core/log.h"

#include <signal.h>

struct hs_notice_order {
    const char *command;
    const char *report; /* the folder */
    double limit_s;
    const struct hs_log *log;
    const volatile sig_atomic_t *stop;
};

/* HS_OK where it ended with 0. HS_E_LIMIT: it was ended after its time; HS_E_INTERRUPTED: a
 * signal asked this program to end; HS_E_FAILED: it ended otherwise. All that belongs to its
 * process group has ended. */
enum hs_status hs_notice_run(const struct hs_notice_order *order, struct hs_error *err);

#endif
