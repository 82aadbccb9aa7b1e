/**
 * Webhooks as plain values, for any web framework: start at {@link
 * io.github.pbxsdk.sms.webhook.SmsWebhook}.
 */
@NullMarked
package io.github.pbxsdk.sms.webhook;

import org.jspecify.annotations.NullMarked;
