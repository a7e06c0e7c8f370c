/* SPDX-License-Identifier: Apache-2.0 */
/* The worker process. */
#ifndef HS_POOL_WORKER_H
#define HS_POOL_WORKER_H

/* Tasks from standard input, answers to standard output, until the end of input. `jobs`
 * OpenMP threads. Returns the exit code. */
int hs_worker_main(int jobs);

#endif
