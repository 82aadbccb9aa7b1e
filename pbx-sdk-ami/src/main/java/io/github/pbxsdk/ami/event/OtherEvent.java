package io.github.pbxsdk.ami.event;

import io.github.pbxsdk.ami.AmiFields;

/**
 * An event that this SDK has no class for: of a newer server, another module, a vendor or a proxy.
 *
 * @param fields everything the server sent
 */
public record OtherEvent(AmiFields fields) implements AmiEvent {}
