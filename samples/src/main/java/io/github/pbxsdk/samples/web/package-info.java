/**
 * Webhooks in the web frameworks that people have: one class each, to copy.
 *
 * <p>All do the same: take the body as bytes before anybody else does, keep the URL undecoded, say
 * who called, and give back what the handler answers. {@code SmsWebhook::handle} and {@code
 * SmsBridge::handle} are such handlers.
 */
@NullMarked
package io.github.pbxsdk.samples.web;

import org.jspecify.annotations.NullMarked;
