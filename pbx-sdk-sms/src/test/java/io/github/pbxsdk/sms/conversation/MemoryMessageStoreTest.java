package io.github.pbxsdk.sms.conversation;

class MemoryMessageStoreTest extends MessageStoreBehaviour {

    @Override
    MessageStore open() {
        return MessageStore.inMemory();
    }
}
