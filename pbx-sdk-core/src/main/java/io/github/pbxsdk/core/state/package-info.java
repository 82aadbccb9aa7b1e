/**
 * What must survive the end of a process: who was answered, how far a list was read, who is at work
 * on what.
 *
 * <p>Start at {@link io.github.pbxsdk.core.state.StateStore}. There is one in memory, one in a
 * folder ({@link io.github.pbxsdk.core.state.FileStateStore}) and one in a database that several
 * processes share ({@link io.github.pbxsdk.core.state.JdbcStateStore}). Stores are thread-safe and
 * their calls block. Arguments must not be null unless marked so.
 */
@NullMarked
package io.github.pbxsdk.core.state;

import org.jspecify.annotations.NullMarked;
