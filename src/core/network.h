/* SPDX-License-Identifier: Apache-2.0 */
/* File systems of a network, on which memory is not shared between hosts and locks may be
 * for show. */
#ifndef HS_CORE_NETWORK_H
#define HS_CORE_NETWORK_H

#include <stdbool.h>

/* The name of the file system on which the open file or folder lies ("NFS"), NULL where it is one
 * of this machine or unknown. */
const char *hs_network_name(int fd);
/* Does a lock keep others out? This process has locked the file `name` in the open folder `dir`:
 * a second lock on it must fail. */
bool hs_network_locks(int dir, const char *name);

#endif
