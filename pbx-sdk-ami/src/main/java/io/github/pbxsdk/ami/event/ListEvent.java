package io.github.pbxsdk.ami.event;

/**
 * Part of the answer to an action with a list: an item, or the end of the list.
 *
 * <p>Such an event comes to the one who asked, in {@link io.github.pbxsdk.ami.AmiResponse#items()}.
 */
public non-sealed interface ListEvent extends AmiEvent {}
