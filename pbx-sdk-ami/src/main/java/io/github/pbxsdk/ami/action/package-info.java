/**
 * The actions that Asterisk documents, one class for each.
 *
 * <p>An action with nothing to say has {@code create()}, one that needs up to three things has
 * {@code of(…)}, and one that can have more has {@code builder(…)}. A header that is not set is not
 * sent. Actions are immutable and may be sent again and again; builders belong to one thread.
 */
@NullMarked
package io.github.pbxsdk.ami.action;

import org.jspecify.annotations.NullMarked;
