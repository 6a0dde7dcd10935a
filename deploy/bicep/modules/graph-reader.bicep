// Queries about how clusters are set up ask Azure Resource Graph, which shows what the identity may read.
targetScope = 'subscription'

param principal string

var reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'

resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principal, reader)
  properties: {
    principalId: principal
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', reader)
  }
}
