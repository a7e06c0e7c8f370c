/* SPDX-License-Identifier: Apache-2.0 */
/* Counts Ctrl-C and SIGTERM, in the one variable of file scope that is written (sig_atomic_t). */
#ifndef HS_POOL_SIGNALS_H
#define HS_POOL_SIGNALS_H

#include <signal.h>

/* 0: go on; 1: finish what is in hand; 2 and more: stop at once. SIGTERM adds 16. Also
 * ignores SIGPIPE and SIGXFSZ, so that a lost reader and a file that may not grow are errors
 * and not an end. */
const volatile sig_atomic_t *hs_signals_watch(void);

#endif
