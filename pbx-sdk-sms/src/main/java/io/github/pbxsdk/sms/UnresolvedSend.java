package io.github.pbxsdk.sms;

import java.time.Instant;

/**
 * A message of which nobody knows whether it was sent.
 *
 * @param idempotencyKey the key of the call
 * @param since when the call was made
 */
public record UnresolvedSend(String idempotencyKey, Instant since) {}
