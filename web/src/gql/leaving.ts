/* Generated from schema.graphql by `npm run codegen`. */
import type * as Types from "./schema";

import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type ClosingObstaclesQueryVariables = Types.Exact<{ [key: string]: never; }>;


export type ClosingObstaclesQuery = { me: { id: string, username: string, closingObstacles: Array<Types.ClosingObstacle> } | null };

export type DataExportCreateMutationVariables = Types.Exact<{ [key: string]: never; }>;


export type DataExportCreateMutation = { dataExportCreate: { url: string | null, userErrors: Array<{ code: Types.UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type AccountCloseMutationVariables = Types.Exact<{
  input: Types.AccountCloseInput;
}>;


export type AccountCloseMutation = { accountClose: { closed: boolean | null, userErrors: Array<{ code: Types.UserErrorCode, field: Array<string> | null, message: string }> } | null };


export const ClosingObstaclesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ClosingObstacles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"closingObstacles"}}]}}]}}]} as unknown as DocumentNode<ClosingObstaclesQuery, ClosingObstaclesQueryVariables>;
export const DataExportCreateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DataExportCreate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dataExportCreate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DataExportCreateMutation, DataExportCreateMutationVariables>;
export const AccountCloseDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AccountClose"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AccountCloseInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accountClose"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"closed"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<AccountCloseMutation, AccountCloseMutationVariables>;