# SPDX-License-Identifier: Apache-2.0
# Kernel files of src/dsp that are compiled once per instruction level are listed here.
