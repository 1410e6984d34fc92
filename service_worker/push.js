export const onPush = async () => {}; export const onClick = onPush; export const onSubscriptionChange = onPush;
