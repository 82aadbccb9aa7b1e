/**
 * FreePBX 16 and 17: extensions, routes, ring groups, call records, apply and health.
 *
 * <p>Start at {@link io.github.pbxsdk.freepbx.FreePbxClient}. Clients and their groups may be
 * shared between threads, builders may not. Arguments must not be null unless marked so. What the
 * PBX sends and these types do not know is kept: see {@code raw()}.
 */
@NullMarked
package io.github.pbxsdk.freepbx;

import org.jspecify.annotations.NullMarked;
