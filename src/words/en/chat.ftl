### Chat
error-chat-text = A message has up to 2,000 characters, without invisible characters.
error-chat-empty = Write something, or attach a listing or an order.
error-chat-oneself = You cannot write to yourself.
error-chat-receiver = This conversation takes no messages at present.
error-chat-too-fast = You have sent { $max } messages in a minute. Try again in { $seconds } seconds.
error-chat-too-many-new = You have begun { $max } conversations in 24 hours. Begin another in { $minutes } minutes.
error-chat-client-id = This client id was used for another message. Make a new one.
error-chat-seq = There is no message of this number in the conversation.
chat-order-placed = The order is paid. The money is held until the buyer confirms.
chat-order-delivered = The seller has handed the account over. Check it before you confirm.
chat-order-completed = The order is complete.
chat-cancelled-by-buyer = The buyer cancelled the order. The money went back.
chat-cancelled-by-seller = The seller cancelled the order. The money went back.
chat-promise-missed = The seller did not deliver in time. The order is cancelled and the money went back.
